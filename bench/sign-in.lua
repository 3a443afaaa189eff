-- wrk's requests: agents who sign in, one after the other, and from the beginning again.
-- Arguments after `--`: PATH FORMS. PATH is the token endpoint's; FORMS a file with a line for each agent, which is what it sends.

local read = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")

local requests = {}
local sent = 0

function init(args)
  for form in read(args[2]):gmatch("[^\n]+") do
    table.insert(requests, wrk.format("POST", args[1], { ["Content-Type"] = "application/x-www-form-urlencoded" }, form))
  end
  sent = number * math.floor(#requests / 2) -- the threads are not at the same agents
end

function request()
  sent = sent + 1
  return requests[sent % #requests + 1]
end
