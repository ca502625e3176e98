-- Sends the requests of a file: METHOD, path and body of each line, between tabs.
--   wrk … --script replay.lua URL -- FILE uniform|zipf|check
-- `uniform` sends all in turn, `zipf` the n-th line a n-th as often as the first. With `check` every
-- answer is looked into, which costs the generator time; without, wrk itself counts the answers that are
-- no success. The last line is for programs:
--   RESULT requests microseconds bytes failures p50 p99

local threads = {}

function setup(thread)
    thread:set("number", #threads)
    table.insert(threads, thread)
end

function init(args)
    requests, place, failed = {}, 0, 0
    for line in io.lines(args[1]) do
        local method, path, body = line:match("^(%u+)\t(%S+)\t(.*)$")
        table.insert(requests, wrk.format(method, path, nil, body ~= "" and body or nil))
    end
    -- Each thread has an order of its own, the same in every run; a law needs the order of the file.
    math.randomseed(number + 1)
    for i = args[2] == "zipf" and 1 or #requests, 2, -1 do
        local j = math.random(i)
        requests[i], requests[j] = requests[j], requests[i]
    end
    if args[2] == "check" then
        response = look
    elseif args[2] == "zipf" then
        request = drawn(requests)
    end
end

function request()
    place = place % #requests + 1
    return requests[place]
end

-- Draws from all lines by their weight: how much of the sum up to each line a random number exceeds.
function drawn(requests)
    local sums, total = {}, 0
    for n = 1, #requests do
        total = total + 1 / n
        sums[n] = total
    end
    return function()
        local wanted, low, high = math.random() * total, 1, #requests
        while low < high do
            local middle = math.floor((low + high) / 2)
            if sums[middle] < wanted then low = middle + 1 else high = middle end
        end
        return requests[low]
    end
end

function look(status, _, body)
    if status >= 300 or body:find('"errors":', 1, true) or body:find('"success":false', 1, true) then
        failed = failed + 1
    end
end

function done(summary, latency)
    local errors = summary.errors
    local failures = errors.status + errors.connect + errors.read + errors.write + errors.timeout
    for _, thread in ipairs(threads) do
        failures = failures + thread:get("failed")
    end
    print(string.format("RESULT %d %d %d %d %d %d", summary.requests, summary.duration,
        summary.bytes, failures, latency:percentile(50), latency:percentile(99)))
end
