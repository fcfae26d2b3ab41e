// Package lint holds the rules of the house that no off-the-shelf tool knows, as tests. The message of each failure says
// how to mend it. CONTRIBUTING.md has the reasons.
package lint
