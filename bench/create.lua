-- wrk's requests: accounts that nobody has created before, in one customer.
-- Arguments after `--`: CUSTOMER DOMAIN TOKEN RUN. TOKEN is a file with an access token, RUN a number that no other run
-- against the same server has: names and request ids come from it.
-- The last line says what wrk saw, for a program to read.

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

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

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("result answers=%d micros=%d p50=%d p99=%d slowest=%d refused=%d broken=%d late=%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max, errors.status,
    errors.connect + errors.read + errors.write, errors.timeout))
end
