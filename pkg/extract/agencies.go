package extract

import (
	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/storycredit"
)

// agencies are those that the page may name.
func (s *story) agencies() agency.Table { return s.in.Rules.Names() }

// storyLines and photoLines read lines that credit them.
func (s *story) storyLines() storycredit.Reader { return storycredit.Reader{Agencies: s.agencies()} }
func (s *story) photoLines() photocredit.Reader { return photocredit.Reader{Agencies: s.agencies()} }
