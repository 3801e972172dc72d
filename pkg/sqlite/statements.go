package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// connector gives connections that keep their statements: to prepare one costs
// more than to run it, and a service has a few dozen of them, run for every
// page.
type connector struct{ driver.Connector }

func newConnector(source string) (connector, error) {
	plain, err := sqlite.NewConnector(source)
	return connector{plain}, err
}

// Connect opens a connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	plain, ok := opened.(plainConn)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver's connections lack what is needed of them"), opened.Close())
	}
	return &conn{plainConn: plain, idle: make(map[string]statement)}, nil
}

// plainConn is what a connection of the driver does.
type plainConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// statement is what a statement of the driver does.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// keptStatements is how many statements a connection keeps. Those of a service
// are fewer; queries that are made up as they come do not fill the memory.
const keptStatements = 128

// conn keeps its statements, by their text. One that is in use is not in idle:
// the same text may be wanted again while its rows are read.
type conn struct {
	plainConn
	idle map[string]statement
}

var (
	_ driver.ExecerContext  = (*conn)(nil)
	_ driver.QueryerContext = (*conn)(nil)
)

// ExecContext runs a statement that gives no rows.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	return result, errors.Join(err, c.putBack(query, s, err))
}

// QueryContext runs a statement that gives rows.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	found, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, errors.Join(err, c.putBack(query, s, err))
	}
	return &rows{Rows: found, done: func(err error) error { return c.putBack(query, s, err) }}, nil
}

// Close closes the connection and its statements.
func (c *conn) Close() error {
	var errs []error
	for _, s := range c.idle {
		errs = append(errs, s.Close())
	}
	clear(c.idle)
	return errors.Join(append(errs, c.plainConn.Close())...)
}

func (c *conn) take(ctx context.Context, query string) (statement, error) {
	if s, ok := c.idle[query]; ok {
		delete(c.idle, query)
		return s, nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s, ok := prepared.(statement)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver's statements lack what is needed of them"), prepared.Close())
	}
	return s, nil
}

// putBack keeps a statement for the next time. One that failed is not trusted.
func (c *conn) putBack(query string, s statement, failed error) error {
	if _, twice := c.idle[query]; twice || failed != nil || len(c.idle) >= keptStatements {
		return s.Close()
	}
	c.idle[query] = s
	return nil
}

// rows put their statement back when they are closed.
type rows struct {
	driver.Rows
	done func(error) error
}

// Close ends the reading. It is called once.
func (r *rows) Close() error {
	err := r.Rows.Close()
	return errors.Join(err, r.done(err))
}
