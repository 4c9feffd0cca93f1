package cli

import "assay/internal/limit"

// limits prints the limits on what is read from outside.
func (a *app) limits(asJSON bool) error {
	if asJSON {
		return a.json(limit.All())
	}
	return limit.Write(a.Stdout)
}
