-- wrk's requests: random accounts of a list, each request under an id of its own.
-- Arguments after `--`: METHOD ACCOUNTS TOKEN RUN [PACE]. ACCOUNTS is a file of lines `customer/user`, TOKEN a file with an
-- access token, RUN a number that no other run against the same server has: names and request ids come from it. PACE is
-- how many requests a second each thread makes; without it, as many as are answered.

local LINE = 36 + 1 + 36 + 1

local read = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")

local accounts, count, head, tail, name, run
local sent = 0

-- Each request has a time when it is due, whichever connection sends it; one that is late is sent at once.
local function keep_pace(per_second)
  local ffi = require("ffi")
  ffi.cdef("typedef struct { long seconds, nanos; } moment; int clock_gettime(int clock, moment *now);")
  local monotonic = 1
  local moment = ffi.new("moment")
  local function now()
    ffi.C.clock_gettime(monotonic, moment)
    return tonumber(moment.seconds) * 1000 + tonumber(moment.nanos) / 1e6
  end
  local due = now()
  function delay()
    due = due + 1000 / per_second
    return math.max(0, math.floor(due - now()))
  end
end

function init(args)
  local method = args[1]
  accounts = read(args[2])
  count = #accounts / LINE
  run = tonumber(args[4])
  math.randomseed(run * 1000 + number)
  head = method .. " /v1/customers/"
  tail = " HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nAuthorization: Bearer " .. read(args[3])
    .. "\r\nAccept: application/json\r\n"
  name = method == "PATCH"
  if args[5] then
    keep_pace(tonumber(args[5]))
  end
end

function request()
  local at = math.random(0, count - 1) * LINE
  local path = accounts:sub(at + 1, at + 36) .. "/users/" .. accounts:sub(at + 38, at + 73)
  sent = sent + 1
  local id = string.format("MS-RequestId: %08x-%04x-4000-8000-%012x\r\n", run, number, sent)
  if not name then
    return head .. path .. tail .. id .. "\r\n"
  end
  local body = string.format('{"displayName":"Name %d %d %d","attributes":{"objectType":"CustomerUser"}}', run, number, sent)
  return head .. path .. tail .. id .. "Content-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end
