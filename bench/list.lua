-- wrk's requests: one and the same page of a list.
-- Arguments after `--`: PATH TOKEN CONTINUATION. TOKEN is a file with an access token, CONTINUATION one with a
-- continuation token, which may be empty.

local read = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")

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
