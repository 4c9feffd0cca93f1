package limit

import "time"

// The limits on what is asked of the server.
const (
	ServeTarget     = 8 << 10
	ServeHeader     = 16 << 10
	ServeBody       = 1 << 10
	ServeValues     = 50
	ServeRows       = 1000
	ServeTime       = 10 * time.Second
	ServeHeaderTime = 5 * time.Second
	ServeWriteTime  = 60 * time.Second
	ServeIdleTime   = 2 * time.Minute
	ServeAtOnce     = 256
	ServeConns      = 1024
	ServeClients    = 10_000
	ServeDrain      = time.Minute
)

func serve() []Limit {
	return []Limit{
		{"serve-target", ServeTarget, Bytes, "A question is a path and some parameters.", "The request is refused (414)."},
		{"serve-header", ServeHeader, Bytes, "No header that is looked at is long.", "The request is refused (431)."},
		{"serve-body", ServeBody, Bytes, "A question has no body.", "The request is refused (413)."},
		{"serve-values", ServeValues, "values", "A question names some languages and projects.", "The request is refused (422, or 400)."},
		{"serve-rows", ServeRows, "rows", "A page is read and written as a whole.", "The request is refused (422); the next page has further ones."},
		{"serve-time", seconds(ServeTime), Seconds, "What takes longer holds up others.", "The answer is 503."},
		{"serve-header-time", seconds(ServeHeaderTime), Seconds, "A client can send a byte at a time.", "The connection is closed."},
		{"serve-write-time", seconds(ServeWriteTime), Seconds, "A client can read a byte at a time.", "The connection is closed."},
		{"serve-idle-time", seconds(ServeIdleTime), Seconds, "A connection costs memory.", "The connection is closed."},
		{"serve-at-once", ServeAtOnce, "requests", "Each costs memory while it is answered.", "Further ones are told to come again (503)."},
		{"serve-conns", ServeConns, "connections", "Each costs memory and an open file.", "Further ones wait."},
		{"serve-drain", seconds(ServeDrain), Seconds, "A server that is told to end has to.", "Requests that have not ended are cut off; --drain has a shorter time."},
		{"serve-clients", ServeClients, "clients", "How much each asks is remembered where that is limited.", "The one that asked longest ago is forgotten."},
	}
}
