package licence

import (
	"strings"
	"testing"
)

// What a sentence of a README says of the licence, and what it does not.
func TestSayings(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		// it holds
		"This project is licensed under the MIT License.":                                                                    "MIT",
		"Released under the [MIT](LICENSE) license. See the file for the whole text.":                                        "MIT",
		"x is free software under the GNU General Public License version 3 or any later version.":                            "GPL-3.0-or-later",
		"Licensed under GPL-3.0-or-later (version 3 or any later version).":                                                  "GPL-3.0-or-later",
		"Licensed under the LGPL-2.1+.":                                                                                      "LGPL-2.1-or-later",
		"Licensed under GPL-2.0-only.":                                                                                       "GPL-2.0-only",
		"`MIT OR Apache-2.0`":                                                                                                "MIT OR Apache-2.0",
		"Licensed under either of Apache License 2.0 or MIT license at your option.":                                         "MIT OR Apache-2.0",
		"Licensed under the MIT license.\n\nBy contributing, you agree that your contributions will be licensed under it.":   "MIT",
		"Distributed under the MIT license.\n\nThe software comes without any warranty, and the authors will not be liable.": "MIT",
		"Licensed under either of Apache-2.0 or MIT at your option.\n\nUnless you explicitly state otherwise, any contribution intentionally submitted " +
			"for inclusion, as defined in the Apache-2.0 license, shall be dual licensed as above, without any additional terms or conditions.": "MIT OR Apache-2.0",
		// it does not
		"This software is not available under the MIT License.":                    "",
		"This software isn’t licensed under the MIT License.":                      "",
		"We do not offer it under the MIT License.":                                "",
		"It can't be used under the MIT License.":                                  "",
		"It cannot be distributed under the MIT License.":                          "",
		"It is no longer released under the MIT License.":                          "",
		"It was never licensed under the MIT License.":                             "",
		"Neither this nor that is available under the MIT License.":                "",
		"The MIT License is fine. We do not release it under that one.":            "",
		"No license is granted; it is not covered by the MIT License.":             "",
		"Not MIT OR Apache-2.0.":                                                   "",
		"Everything else than this is licensed under MIT, but not this.":           "",
		"Without a contract it is not GPL-3.0 or later.":                           "",
		"All of it, save for what is not ours, is licensed under the MIT License.": "",
		// it did
		"Formerly released under the MIT License.":                                             "",
		"Versions before 2.0 were released under the MIT License.":                             "",
		"It was licensed under the MIT License until 2020.":                                    "",
		"Up to version 3 it is licensed under the MIT License.":                                "",
		"Older releases are available under the Apache License 2.0.":                           "",
		"Before 2019 this was distributed under the BSD-3-Clause.":                             "",
		"Originally published under the MIT License; see LICENSE for what holds now.":          "",
		"The license was changed: it used to be licensed under the MIT License.":               "",
		"Since version 2.0 it is licensed under the Apache License 2.0, until then under MIT.": "",
		"Starting with version 2, it is released under the MPL-2.0.":                           "",
		"Versions 1.0 to 1.9 are licensed under the MIT License.":                              "",
		"It had been available under the GPL-3.0-or-later.":                                    "",
		"Relicensed in 2021. It is MIT OR Apache-2.0 for the releases of the past.":            "",
		"We moved away from the MIT License, under which it was released.":                     "",
		// it may
		"We plan to release it under the MIT License.":                        "",
		"It will be licensed under the MIT License after four years.":         "",
		"Is it licensed under the MIT License?":                               "",
		"If you need it licensed under the MIT License, ask us.":              "",
		"It should be licensed under the MIT License.":                        "",
		"It would be available under the MIT License if somebody paid.":       "",
		"It becomes available under the Apache License 2.0 four years later.": "",
		// something else does
		"Unlike quill, which is MIT licensed, this is ours.":           "",
		"It is based on quill, licensed under the MIT License.":        "",
		"The upstream project is licensed under the MIT License.":      "",
		"This uses quill that is released under the MIT License.":      "",
		"Its predecessor is available under the MIT License.":          "",
		"It is compatible with code licensed under the MIT License.":   "",
		"The documentation is licensed under the CC-BY-4.0.":           "",
		"The logo and icons are available under the CC-BY-4.0.":        "",
		"> Licensed under the MIT License.\n\nThat is what they said.": "",
		// some of it does
		"Everything is available under the MIT License save for the server.": "",
		"Only the heart of it is licensed under the MIT License.":            "",
		"Client libraries are licensed under the MIT License.":               "",
		// it is not all
		"~~Licensed under the MIT License.~~":                                               "",
		"This is licensed under the ISC. That was the case until May.":                      "",
		"Nobody may say that it is licensed under the MIT License.":                         "",
		"Licensed under the Apache License 2.0 from 2027 on.":                               "",
		"Licensed under an MIT-style license.":                                              "",
		"Licensed under the MIT License for evaluation.":                                    "",
		"Licensed under the MIT License to members of the consortium.":                      "",
		"Licensed under a license that is modelled after the MIT License.":                  "",
		"Licensed under the MIT License with the following restrictions.":                   "",
		"Licensed under the MIT License, subject to our terms.":                             "",
		"Licensed under the GPL-3.0 or a commercial license.":                               "",
		"Dual-licensed under the GPL-3.0 and a license of ours.":                            "",
		"It is licensed under both the MIT License and the Apache License 2.0, either way.": "",
		"Licensed under the GPL version 2 or 3.":                                            "",
		"Licensed under GPL-3.0-only, or any later version.":                                "",
		"One crate is MIT OR Apache-2.0, another one GPL-2.0-only OR MIT.":                  "",
		"MIT OR Apache-2.0. The book is under the CC-BY-4.0.":                               "",
		"MIT is where we work. It is distributed with love.":                                "",
	} {
		var got []string
		for _, s := range sayingsIn([]byte("# x\n\n## License\n\n" + said + "\n")) {
			got = append(got, s.SPDX)
		}
		if one := strings.Join(got, ", "); one != want {
			t.Errorf("%q says %q, want %q", said, one, want)
		}
	}
}

// A licence file that holds no text says the same.
func TestStated(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"This project is licensed under the MIT License.\n":                             "MIT",
		"Licensed under the Apache License, Version 2.0.\n":                             "Apache-2.0",
		"Licensed under GPL-3.0-or-later (version 3 or any later version).\n":           "GPL-3.0-or-later",
		"This software is not available under the MIT License; ask us.\n":               noAssertion,
		"Proprietary. Formerly released under the MIT License.\n":                       noAssertion,
		"This software is not licensed under the Apache License, Version 2.0.\n":        noAssertion,
		"Until 2020 this was released under the terms of the GPL version 2 or later.\n": noAssertion,
		"We do not offer it under the GPL-3.0-or-later. This program is free software: you can redistribute it and/or modify it under the terms of the GNU General " +
			"Public License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version.\n": noAssertion,
		"SPDX-License-Identifier: MIT\nYou may not sell it.\n":                        noAssertion,
		"Unlike quill, which is licensed under the MIT License, it is ours.\n":        noAssertion,
		"Releases before 2.0 are available at https://opensource.org/licenses/MIT.\n": noAssertion,
	} {
		if r := readText([]byte(said)); idsOfReading(r) != want {
			t.Errorf("%q is read as %s, want %s", said, idsOfReading(r), want)
		}
	}
}
