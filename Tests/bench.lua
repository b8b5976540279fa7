-- wrk: random paths from a file, one a line; MODE is get, conditional, close or pipelined.
local paths, tags, mode = {}, {}, os.getenv("MODE")
for line in io.lines(os.getenv("PATHS")) do
    local path, tag = line:match("^(%S+)%s*(.*)$")
    paths[#paths + 1], tags[#paths + 1] = path, tag
end
local function one()
    local i = math.random(#paths)
    local headers = {}
    if mode == "conditional" then headers["If-None-Match"] = tags[i] end
    if mode == "close" then headers["Connection"] = "close" end
    return wrk.format("GET", paths[i], headers)
end
function request()
    if mode ~= "pipelined" then return one() end
    local batch = {}
    for i = 1, 16 do batch[i] = one() end
    return table.concat(batch)
end
function done(summary, latency)
    local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.status
    io.write(string.format("RESULT %d %.0f %.2f %.2f %d\n", summary.requests, summary.requests / summary.duration * 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, bad))
end
