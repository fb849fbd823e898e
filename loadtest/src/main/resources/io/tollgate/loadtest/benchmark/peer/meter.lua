-- Reserves in the access phase, reads the usage off the answer as it passes, settles after the last byte in a timer of
-- no delay, since sockets are not there in the log phase. One script in Redis for each: no lots, no limits, no ledger.
local cjson = require "cjson.safe"
local lru   = require "resty.lrucache"
local ffi   = require "ffi"
local openresty, redis = pcall(require, "resty.redis")
if not openresty then redis = require "nginx.redis" end -- Debian's name for it
local find, sub, byte, match, concat = string.find, string.sub, string.byte, string.match, table.concat
local Meter = {}
Meter.__index = Meter

local DATABASE = 2          -- the gateway under test has number 0
local KEY_CACHED_SECONDS = 30
local IDLE_MILLIS, POOL = 60000, 256

ffi.cdef [[ unsigned char *SHA256(const unsigned char *d, size_t n, unsigned char *md); ]]
local hex = {}
for i = 0, 255 do hex[i] = string.format("%02x", i) end
local digest, digits = ffi.new("unsigned char[32]"), {}
local function sha256(text)
  ffi.C.SHA256(text, #text, digest)
  for i = 0, 31 do digits[i + 1] = hex[digest[i]] end
  return concat(digits, "", 1, 32)
end
local function sha1(text)
  return (ngx.sha1_bin(text):gsub(".", function(c) return hex[byte(c)] end))
end
local function file(path)
  local open = assert(io.open(path))
  local text = open:read("*a")
  open:close()
  return text
end

function Meter.new(directory, host, port)
  return setmetatable({
    host = host, port = port, keys = assert(lru.new(4096)), count = 0,
    reserve = file(directory .. "/reserve.lua"), settle = file(directory .. "/settle.lua"),
  }, Meter)
end

function Meter:init_worker()
  self.reserve_sha, self.settle_sha = sha1(self.reserve), sha1(self.settle)
  self.name = ngx.worker.pid() .. "-" .. math.floor(ngx.now() * 1000) .. "-"
end

function Meter:connect()
  local connection = redis:new()
  connection:set_timeout(2000)
  local ok, failure = connection:connect(self.host, self.port)
  if not ok then return nil, failure end
  if connection:get_reused_times() == 0 then connection:select(DATABASE) end
  return connection
end

local function run(connection, sha, script, ...)
  local reply, failure = connection:evalsha(sha, ...)
  if not reply and failure and find(failure, "NOSCRIPT", 1, true) then
    connection:script("LOAD", script)
    reply, failure = connection:evalsha(sha, ...)
  end
  return reply, failure
end

local function refuse(status, code)
  ngx.status = status
  ngx.header["Content-Type"] = "application/json"
  ngx.print('{"error":{"code":"', code, '"}}')
  return ngx.exit(status)
end

function Meter:access()
  local key = match(ngx.var.http_authorization or "", "^[Bb]earer (.+)$")
  if not key then return refuse(401, "no_key") end
  local connection, failure = self:connect()
  if not connection then return refuse(503, tostring(failure)) end
  local hash = sha256(key)
  local account = self.keys:get(hash)
  if not account then
    account = connection:get("key:" .. hash)
    if not account or account == ngx.null then
      connection:set_keepalive(IDLE_MILLIS, POOL)
      return refuse(401, "unknown_key")
    end
    self.keys:set(hash, account, KEY_CACHED_SECONDS)
  end

  ngx.req.read_body()
  local body = ngx.req.get_body_data()
  local request = body and cjson.decode(body)
  if not request or type(request.model) ~= "string" then
    connection:set_keepalive(IDLE_MILLIS, POOL)
    return refuse(400, "no_model")
  end

  self.count = self.count + 1
  local call = { id = self.name .. self.count, account = account, model = request.model,
                 stream = request.stream == true, parts = {} }
  local tokens = (tonumber(request.max_tokens) or 1024) + math.ceil(#body / 4)
  local reply
  reply, failure = run(connection, self.reserve_sha, self.reserve, 2, "account:" .. account, "holds:" .. account,
    call.id, tokens, math.floor(ngx.now() * 1000))
  if not reply then return refuse(503, tostring(failure)) end
  connection:set_keepalive(IDLE_MILLIS, POOL)
  if reply[1] == 0 then return refuse(402, "insufficient_credit") end
  ngx.ctx.call = call
end

local function read_line(call, line)
  if find(line, '"usage":{', 1, true) then
    local event = cjson.decode(sub(line, 7))
    if event and type(event.usage) == "table" then call.usage = event.usage end
  end
end

local function read_events(call, chunk)
  local text = call.rest and call.rest .. chunk or chunk
  local from = 1
  while true do
    local newline = find(text, "\n", from, true)
    if not newline then break end
    if newline > from + 6 then read_line(call, sub(text, from, newline - 1)) end
    from = newline + 1
  end
  call.rest = from <= #text and sub(text, from) or nil
end

function Meter:body_filter()
  local call, chunk = ngx.ctx.call, ngx.arg[1]
  if not call then return end
  if chunk and chunk ~= "" then
    if call.stream then read_events(call, chunk) else call.parts[#call.parts + 1] = chunk end
  end
  if ngx.arg[2] and not call.stream and #call.parts > 0 then
    local answer = cjson.decode(concat(call.parts))
    call.usage = answer and type(answer.usage) == "table" and answer.usage or nil
  end
end

local function settle(premature, self, call)
  local connection, failure = self:connect()
  if not connection then return ngx.log(ngx.ERR, "settle: ", failure) end
  local usage = call.usage or {}
  local input, output = usage.prompt_tokens or 0, usage.completion_tokens or 0
  local reply
  reply, failure = run(connection, self.settle_sha, self.settle, 3,
    "account:" .. call.account, "holds:" .. call.account, "usage",
    call.id, call.account, call.model, input, output, input + output, math.floor(ngx.now() * 1000))
  if not reply then return ngx.log(ngx.ERR, "settle: ", failure) end
  connection:set_keepalive(IDLE_MILLIS, POOL)
end

function Meter:log()
  if ngx.ctx.call then
    local ok, failure = ngx.timer.at(0, settle, self, ngx.ctx.call)
    if not ok then ngx.log(ngx.ERR, "timer: ", failure) end
  end
end

return Meter
