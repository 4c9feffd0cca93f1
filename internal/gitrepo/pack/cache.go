package pack

// cacheBytes bounds what a cache holds.
const cacheBytes = 16 << 20

// A cache keeps objects that were read. It has two generations: what is asked
// for comes into the young one, and when that is full the old one goes.
type cache[K comparable] struct {
	young, old map[K]object
	used       int // bytes of the young one
}

// An object is its kind and content.
type object struct {
	kind byte
	data []byte
}

// rowBytes is about what an entry takes besides its content.
const rowBytes = 64

func (c *cache[K]) get(key K) (object, bool) {
	if o, ok := c.young[key]; ok {
		return o, true
	}
	o, ok := c.old[key]
	if ok {
		c.put(key, o)
	}
	return o, ok
}

func (c *cache[K]) put(key K, o object) {
	size := cap(o.data) + rowBytes
	if size > cacheBytes/8 {
		return
	}
	if c.young == nil || c.used+size > cacheBytes/2 {
		c.old, c.young, c.used = c.young, make(map[K]object, len(c.young)), 0
	}
	c.young[key] = o
	c.used += size
}
