package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/stream"
)

// The codes of refusals.
const (
	CodeNotFound    = "notFound"    // what was asked for is not there
	CodeBadQuestion = "badQuestion" // the question cannot be right
)

// NotFound refuses because what was asked for is not there.
func NotFound(err error) error {
	return &stream.RequestError{Code: CodeNotFound, Text: err.Error()}
}

// BadQuestion refuses a question that cannot be right.
func BadQuestion(err error) error {
	return &stream.RequestError{Code: CodeBadQuestion, Text: err.Error()}
}

// AnswerTimeout is how long an answer may take. It is less than a client should
// wait, so that who asks hears of it.
const AnswerTimeout = 25 * time.Second

var errTooLong = errors.New("this takes too long: ask for less")

// Answer makes a handler of a function from question to answer, whose context
// ends with [AnswerTimeout].
func Answer[Question, Reply any](answer func(context.Context, Question) (Reply, error)) stream.Handler {
	return func(ctx context.Context, request []byte) ([]byte, error) {
		var question Question
		if len(request) > 0 {
			if err := json.Unmarshal(request, &question); err != nil {
				return nil, BadQuestion(fmt.Errorf("read the question: %w", err))
			}
		}
		ctx, stop := context.WithTimeoutCause(ctx, AnswerTimeout, errTooLong)
		defer stop()
		reply, err := answer(ctx, question)
		if err != nil && errors.Is(context.Cause(ctx), errTooLong) {
			return nil, fmt.Errorf("%w (%w)", errTooLong, err)
		}
		if err != nil {
			return nil, err
		}
		return json.Marshal(reply)
	}
}
