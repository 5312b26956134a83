-- Asks for the addresses of a file in turn, and tells what came of it as one line of JSON.
--   wrk -s mix.lua URL -- FILE MEDIA_TYPE [different]
-- With `different` each query ends in a comment of its own, so that no server can know it already.

local paths, number, different, prefix = {}, 0, false, ""

function init(arguments)
  for line in io.lines(arguments[1]) do paths[#paths + 1] = line end
  different = arguments[3] == "different"
  math.randomseed(os.time())
  prefix = tostring(math.random(1, 1000000000))
  wrk.headers["Accept"] = arguments[2]
end

function request()
  number = number + 1
  local path = paths[(number - 1) % #paths + 1]
  if different then path = path .. "%20%23" .. prefix .. number end
  return wrk.format("GET", path)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %.3f, "half": %.3f, "most": %.3f, "refused": %d, "lost": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
