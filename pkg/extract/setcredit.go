package extract

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/photocredit"
)

// setCredit writes a credit into an image. The outlet's own name is never a
// person's.
func (s *story) setCredit(img *news.Image, c photocredit.Credit) {
	c.Text = strings.TrimSpace(strings.TrimLeft(c.Text, "/|·• "))
	if c.IsNone() || strings.Contains(c.Text, " Min.") { // how long a video is
		return
	}
	img.CreditText, img.CreditLabel = c.Text, c.Label
	people, orgs := s.photoLines().Parties(c.Text)
	img.Creator, img.SourceOrganization = nil, orgs
	for _, name := range people {
		switch {
		case !s.outlet.Is(name):
			img.Creator = append(img.Creator, name)
		case !slices.Contains(img.SourceOrganization, name):
			img.SourceOrganization = append(img.SourceOrganization, name)
		}
	}
}
