// Package service runs stages as a process: settings, data folder, broker,
// health listener, answers to questions, and an end that finishes or hands back
// what is in hand.
//
// [Main] runs one stage, for the three service commands. [StartDesk] runs all
// three with a broker of their own, for "copydesk up" and "copydesk demo": the
// same parts, wired to an embedded server.
package service
