-- wrk's requests: one and the same page of a list.
-- Arguments after `--`: PATH TOKEN CONTINUATION. TOKEN is a file with an access token, CONTINUATION one with a
-- continuation token, which may be empty.
-- The last line says what wrk saw, for a program to read.

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

local text

function init(args)
  local continuation = read(args[3])
  text = "GET " .. args[1] .. " HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nAuthorization: Bearer " .. read(args[2])
    .. "\r\nAccept: application/json\r\n"
  if continuation ~= "" then
    text = text .. "MS-ContinuationToken: " .. continuation .. "\r\n"
  end
  text = text .. "\r\n"
end

function request()
  return text
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("result answers=%d micros=%d p50=%d p99=%d slowest=%d refused=%d broken=%d late=%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max, errors.status,
    errors.connect + errors.read + errors.write, errors.timeout))
end
