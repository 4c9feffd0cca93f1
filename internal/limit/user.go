package limit

// The limits on files that a user names, or that lie where the program looks.
const (
	ConfigBytes       = 1 << 20
	ConfigDepth       = 16
	ConfigMarks       = 50_000
	RulesBytes        = 1 << 20
	AffiliationsBytes = 64 << 20
	CertificateBytes  = 16 << 20
)

func user() []Limit {
	return []Limit{
		{"config-bytes", ConfigBytes, Bytes, "The configuration is parsed in memory.", "The command ends."},
		{"config-depth", ConfigDepth, "levels", "The parser calls itself for each level.", "The command ends."},
		{"config-marks", ConfigMarks, "entries", "A node costs the parser some hundred bytes.", "The command ends."},
		{"rules-bytes", RulesBytes, Bytes, "Rules of health are parsed in memory.", "The command ends."},
		{"affiliations-bytes", AffiliationsBytes, Bytes, "A file of affiliations is held in memory; the CNCF's has 8 MB.", "The command ends."},
		{"certificate-bytes", CertificateBytes, Bytes, "A file of authorities is held in memory.", "The system's authorities are taken alone."},
	}
}
