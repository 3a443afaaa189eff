-- wrk's requests: random accounts of a list, each request under an id of its own.
-- Arguments after `--`: METHOD ACCOUNTS TOKEN RUN [PACE]. ACCOUNTS is a file of lines `customer/user`, TOKEN a file with an
-- access token, RUN a number that no other run against the same server has: names and request ids come from it. PACE is
-- how many requests a second each thread makes; without it, as many as are answered.

local LINE = 36 + 1 + 36 + 1

local read = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")

local ffi = require("ffi")
local accounts, count, head, tail, name, run
local sent = 0

-- The file as bytes that Lua does not own. With a string of a million accounts, Lua waits with its collection until as much
-- garbage has gathered: 700 MB in three threads, on the machine that is measured.
local function map(path)
  local file = assert(io.open(path, "rb"))
  local length = file:seek("end")
  ffi.cdef("int fileno(void *file); void *mmap(void *at, size_t length, int protection, int flags, int fd, long offset);")
  local readable, shared = 1, 1
  local bytes = ffi.C.mmap(nil, length, readable, shared, ffi.C.fileno(file), 0)
  assert(ffi.cast("intptr_t", bytes) ~= -1, "cannot map " .. path)
  file:close()
  return ffi.cast("const char *", bytes), length
end

-- Each request has a time when it is due, whichever connection sends it; one that is late is sent at once.
local function keep_pace(per_second)
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
  local length
  accounts, length = map(args[2])
  count = length / LINE
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
  local line = accounts + math.random(0, count - 1) * LINE
  local path = ffi.string(line, 36) .. "/users/" .. ffi.string(line + 37, 36)
  sent = sent + 1
  local id = string.format("MS-RequestId: %08x-%04x-4000-8000-%012x\r\n", run, number, sent)
  if not name then
    return head .. path .. tail .. id .. "\r\n"
  end
  local body = string.format('{"displayName":"Name %d %d %d","attributes":{"objectType":"CustomerUser"}}', run, number, sent)
  return head .. path .. tail .. id .. "Content-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end
