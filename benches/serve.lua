-- For wrk: about 300 requests a second from three connections, of one address or of twenty places in turn.
--   wrk -t1 -c3 -d15s --latency -s benches/serve.lua http://127.0.0.1:8080/api/v1/places/UKR
--   wrk -t1 -c3 -d15s --latency -s benches/serve.lua http://127.0.0.1:8080/ -- places
local places = { "UKR", "SDN", "NOR", "ETH", "MEX", "COL", "SYR", "YEM", "NGA", "IND", "USA", "FRA", "BRA", "COD", "SOM", "MMR", "AFG", "IRQ", "PAK", "KEN" }
local turn, many = 0, false

function init(args)
  many = args[1] == "places"
end

function delay()
  return math.random(8, 12)
end

function request()
  if not many then
    return wrk.format("GET")
  end
  turn = turn + 1
  return wrk.format("GET", "/api/v1/places/" .. places[turn % #places + 1])
end
