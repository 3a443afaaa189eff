-- What the scripts for wrk have in common: it numbers wrk's threads, and the last line says what wrk saw, for a program to
-- read. Loading it gives a function that reads a file.

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("result answers=%d micros=%d p50=%d p99=%d slowest=%d refused=%d broken=%d late=%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max, errors.status,
    errors.connect + errors.read + errors.write, errors.timeout))
end

return function(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end
