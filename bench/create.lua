-- wrk's requests: accounts that nobody has created before, in one customer.
-- Arguments after `--`: CUSTOMER DOMAIN TOKEN RUN. TOKEN is a file with an access token, RUN a number that no other run
-- against the same server has: names and request ids come from it.

local read = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")

local head, domain, run
local sent = 0

function init(args)
  domain = args[2]
  run = tonumber(args[4])
  head = "POST /v1/customers/" .. args[1] .. "/users HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nAuthorization: Bearer "
    .. read(args[3]) .. "\r\nAccept: application/json\r\nContent-Type: application/json\r\n"
end

function request()
  sent = sent + 1
  local id = string.format("MS-RequestId: %08x-%04x-4000-8000-%012x\r\n", run, number, sent)
  local body = string.format('{"userPrincipalName":"new-%d-%d-%d@%s","displayName":"New %d","usageLocation":"US",'
    .. '"passwordProfile":{"password":"Measured-Pw-%d","forceChangePassword":true},'
    .. '"attributes":{"objectType":"CustomerUser"}}', run, number, sent, domain, sent, sent)
  return head .. id .. "Content-Length: " .. #body .. "\r\n\r\n" .. body
end
