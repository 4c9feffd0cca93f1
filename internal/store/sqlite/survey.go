package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

const (
	// putSurvey removes the survey it replaces; the new row's id is above all
	// others, so ids order surveys by when they were put.
	putSurvey = `INSERT OR REPLACE INTO survey
		(as_of, landscape, evidence, projects, repositories, measured, failed, body, sum)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	surveyRow = `SELECT as_of, landscape, evidence, projects, repositories, measured, failed, body, sum FROM survey`
	getSurvey = surveyRow + `
		WHERE (?1 = '' OR as_of = ?1) AND (?2 = '' OR landscape = ?2)
		ORDER BY as_of DESC, id DESC LIMIT 1`
	getStamp = `SELECT as_of, landscape, sum FROM survey
		WHERE (?1 = '' OR as_of = ?1) AND (?2 = '' OR landscape = ?2)
		ORDER BY as_of DESC, id DESC LIMIT 1`
	listSurveys = `SELECT as_of, landscape, evidence, projects, repositories, measured, failed
		FROM survey ORDER BY as_of, landscape`
	eachSurvey = surveyRow + ` ORDER BY as_of, landscape`
)

// PutSurvey implements [store.Store].
func (s *Store) PutSurvey(ctx context.Context, sv *fact.Survey) error {
	h, body, err := store.EncodeSurvey(sv)
	if err != nil {
		return err
	}
	evidence, err := json.Marshal(h.Landscape)
	if err != nil {
		return errkind.Errorf(errkind.Internal, "put survey as of %q: %w", string(h.AsOf), err)
	}
	return s.write(ctx, "put a survey in", func(tx *sql.Tx) error {
		row := []any{string(h.AsOf), h.Source, string(evidence), h.Projects, h.Repositories, h.Measured, h.Failed, string(body)}
		_, err := tx.ExecContext(ctx, putSurvey, append(row, checksum(row...))...)
		return err
	})
}

// Survey implements [store.Store].
func (s *Store) Survey(ctx context.Context, sel store.Selector) (*fact.Survey, error) {
	body, err := scanSurvey(s.db.QueryRowContext(ctx, getSurvey, string(sel.AsOf), sel.Landscape))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, store.NoSurvey(sel)
	case err != nil:
		return nil, s.fail(ctx, "read a survey of", err)
	}
	return store.DecodeSurvey(body)
}

// Stamp implements [store.Store].
func (s *Store) Stamp(ctx context.Context, sel store.Selector) (store.Stamp, error) {
	var stamp store.Stamp
	err := s.db.QueryRowContext(ctx, getStamp, string(sel.AsOf), sel.Landscape).Scan(&stamp.AsOf, &stamp.Source, &stamp.Sum)
	if errors.Is(err, sql.ErrNoRows) {
		return stamp, store.NoSurvey(sel)
	}
	return stamp, s.fail(ctx, "read a survey of", err)
}

// scanSurvey gives the body of a row of surveyRow.
func scanSurvey(row interface{ Scan(into ...any) error }) ([]byte, error) {
	var c [7]any
	var body []byte
	var sum any
	if err := row.Scan(&c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &body, &sum); err != nil {
		return nil, err
	}
	if !intact(sum, append(c[:], body)...) {
		return nil, store.DamagedSurvey(fmt.Sprint(c[0]), fmt.Sprint(c[1]))
	}
	return body, nil
}

// Surveys implements [store.Store].
func (s *Store) Surveys(ctx context.Context) ([]store.Header, error) {
	var headers []store.Header
	err := s.read(ctx, "list the surveys of", func(rows *sql.Rows) error {
		var h store.Header
		var evidence []byte
		err := rows.Scan(&h.AsOf, &h.Source, &evidence, &h.Projects, &h.Repositories, &h.Measured, &h.Failed)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(evidence, &h.Landscape); err != nil {
			return fmt.Errorf("evidence of the survey as of %q: %w", string(h.AsOf), err)
		}
		headers = append(headers, h)
		return nil
	}, listSurveys)
	return headers, err
}

// EachSurvey implements [store.Store].
func (s *Store) EachSurvey(ctx context.Context, f func(*fact.Survey) error) error {
	return s.read(ctx, "read the surveys of", func(rows *sql.Rows) error {
		body, err := scanSurvey(rows)
		if err != nil {
			return err
		}
		sv, err := store.DecodeSurvey(body)
		if err != nil {
			return err
		}
		return called(f(sv))
	}, eachSurvey)
}
