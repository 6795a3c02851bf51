-- For wrk: asks for the owner of each position of the file CENTRES (lines RA,DEC) in turn, of the
-- survey SURVEY at the time AT.
local query = "/v1/owner?survey=" .. (os.getenv("SURVEY") or "euclid")
    .. "&at=" .. (os.getenv("AT") or "2027-02-01T00:00:00Z")
local paths = {}
for line in io.lines(os.getenv("CENTRES")) do
    local ra, dec = line:match("([^,]+),([^,]+)")
    paths[#paths + 1] = query .. "&ra=" .. ra .. "&dec=" .. dec
end

local turn = 0

request = function()
    turn = turn % #paths + 1
    return wrk.format("GET", paths[turn])
end
