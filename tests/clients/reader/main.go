//go:build generated

// Command reader reads answers of 'assay serve' with a client that was generated from its
// document.
package main

import (
	"context"
	"fmt"
	"os"
)

func main() {
	if err := read(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// read asks three questions.
func read(ctx context.Context, base string) error {
	c, err := NewClientWithResponses(base)
	if err != nil {
		return err
	}
	survey, err := c.GetSurveyWithResponse(ctx, &GetSurveyParams{})
	if err != nil || survey.JSON200 == nil {
		return fmt.Errorf("survey: %v", err)
	}
	fmt.Printf("survey of %s, %d projects\n", survey.JSON200.AsOf, survey.JSON200.Survey.Projects)
	language := "rust"
	project, err := c.GetProjectWithResponse(ctx, "tikv", &GetProjectParams{Language: &language})
	if err != nil || project.JSON200 == nil {
		return fmt.Errorf("project: %v", err)
	}
	fmt.Printf("%s is %s of %s, %d bytes\n", project.JSON200.Project.Id, *project.JSON200.Usage[0].Class, *project.JSON200.Project.Name, *project.JSON200.Usage[0].Bytes)
	limit := int64(3)
	list, err := c.ListProjectsWithResponse(ctx, &ListProjectsParams{Limit: &limit, Language: &language})
	if err != nil || list.JSON200 == nil || len(list.JSON200.Rows) != 3 || list.JSON200.Next == nil {
		return fmt.Errorf("list: %v", err)
	}
	fmt.Printf("the first of %d is %s\n", len(list.JSON200.Rows), *list.JSON200.Rows[0].Project)
	return nil
}
