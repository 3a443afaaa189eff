-- wrk's requests for any server: random paths of a list, a value of its own in each.
-- Arguments after `--`: METHOD PATHS HEADERS BODY ID RUN [tell]. PATHS is a file of paths, one a line and all of one width; HEADERS
-- one of header lines; BODY one with @VALUE@ where the value goes, or empty; ID the name of a header for an id that no other
-- request has, or `-`. RUN is a number that no other run against the same server has. With `tell`, which costs time for
-- each answer, it also tells one answer that was no success.
--
-- At the end it tells what the last requests sent to each of the first paths, for who reads them back. Which of those
-- that were under way together came last, nobody knows: one connection may wait while others send several more. So each of
-- wrk's threads tells all that it sent to a path before the last one and that may have waited until after it, and whether
-- the first one to that path was surely answered before the time was over.

local WATCHED = 200
local UNDER_WAY = 256 -- more than a thread has connections
local OVERTAKE = 4096 -- more than a thread sends while one connection waits: the longest answers take a tenth of a second

local read = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")

local count_threads, report = setup, done
local threads = {}

function setup(thread)
  count_threads(thread)
  threads[#threads + 1] = thread
end

function done(summary, latency)
  for _, thread in ipairs(threads) do
    local refusal = thread:get("refusal")
    if refusal then
      io.write("such as ", refusal, "\n")
    end
    local sent = thread:get("sent")
    local first, last = thread:get("first"), thread:get("last")
    for path, values in pairs(last) do
      local certainty = sent - first[path] > UNDER_WAY and "surely" or "perhaps"
      io.write(string.format("changed %d %s %s\n", path, certainty, values))
    end
  end
  report(summary, latency)
end

-- What done() asks of each thread is global, and no table in a table.
sent, first, last = 0, {}, {}

local paths, width, count, head, tail, before, after, id, run
local numbers, texts = {}, {} -- what was sent to each of the first paths lately, oldest first

function init(args)
  paths = read(args[2])
  width = paths:find("\n", 1, true)
  count = #paths / width
  run = tonumber(args[6])
  math.randomseed(run * 1000 + number)
  head = args[1] .. " "
  tail = " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\n" .. read(args[3])
  local body = read(args[4])
  if body ~= "" then
    local from, to = body:find("@VALUE@", 1, true)
    before, after = body:sub(1, from - 1), body:sub(to + 1)
  end
  id = args[5] ~= "-" and args[5] .. ": " or nil
  if args[7] then
    function response(status, headers, body)
      if status > 299 and not refusal then
        refusal = status .. " " .. body:gsub("%s+", " ")
      end
    end
  end
end

function request()
  local at = math.random(0, count - 1)
  local path = paths:sub(at * width + 1, at * width + width - 1)
  sent = sent + 1
  local text = head .. path .. tail
  if id then
    text = text .. id .. string.format("%08x-%04x-4000-8000-%012x\r\n", run, number, sent)
  end
  if not before then
    return text .. "\r\n"
  end
  local value = string.format("Name %d %d %d", run, number, sent)
  if at < WATCHED then
    first[at] = first[at] or sent
    local when, what = numbers[at] or {}, texts[at] or {}
    while when[1] and sent - when[1] > OVERTAKE do
      table.remove(when, 1)
      table.remove(what, 1)
    end
    when[#when + 1], what[#what + 1] = sent, value
    numbers[at], texts[at], last[at] = when, what, table.concat(what, "|")
  end
  local body = before .. value .. after
  return text .. "Content-Length: " .. #body .. "\r\n\r\n" .. body
end
