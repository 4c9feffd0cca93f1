// Package github asks GitHub's REST interface what only the host knows: the
// repositories of an owner, and the present name of a repository.
//
// A listing costs one request for each hundred repositories. Without a token
// GitHub grants sixty requests an hour, with one five thousand; when they are
// used up the client waits if the wait is short and gives up with errkind.Limit
// otherwise, for good: it asks no more. The wait is computed from the answer's
// own Date, so that a wrong clock on this machine does not matter.
package github

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/forge"
	"assay/internal/limit"
)

// The bounds on one listing and one answer.
const (
	perPage     = 100
	defaultBase = "https://api.github.com"
	defaultHost = "github.com"
)

// Options configure a [Client]. The zero value asks github.com without a token.
type Options struct {
	// Token is sent with every request to Base when it is not empty, and to no
	// other host. It is never part of an error.
	Token string
	// Base is the address of the interface, for GitHub Enterprise and tests;
	// "" is api.github.com. Host is the host in repository names that Base
	// serves; "" is github.com.
	Base string
	Host string
	// Client makes the requests; nil is an ordinary one.
	Client *http.Client
	// MaxWait is the longest wait for a rate limit to end; 0 is two minutes,
	// negative none.
	MaxWait time.Duration
	// Pause is the wait before the second attempt after a failure of the host;
	// 0 is one second, negative none.
	Pause time.Duration
}

// A Client is a [forge.Forge] for GitHub.
type Client struct {
	o Options
	// over is the refusal that every further question would meet too.
	over atomic.Pointer[lastingError]
}

var _ forge.Forge = (*Client)(nil)

// New makes a client. It asks nothing yet.
func New(o Options) *Client {
	o.Base = strings.TrimSuffix(cmp.Or(o.Base, defaultBase), "/")
	o.Host = cmp.Or(o.Host, defaultHost)
	o.MaxWait = cmp.Or(o.MaxWait, limit.HostWait)
	o.Pause = cmp.Or(o.Pause, time.Second)
	o.Client = homely(o.Client, o.Base, o.Token)
	return &Client{o: o}
}

// Host implements [forge.Forge].
func (c *Client) Host() string { return c.o.Host }

// answer is the part of GitHub's description of a repository that is used.
type answer struct {
	FullName      string `json:"full_name"`
	Fork          bool   `json:"fork"`
	IsTemplate    bool   `json:"is_template"`
	Archived      bool   `json:"archived"`
	Private       bool   `json:"private"`
	DefaultBranch string `json:"default_branch"`
}

// repo turns a into our words; an error when its name is not one we would
// dare to pass on.
func (c *Client) repo(a *answer) (*forge.Repo, error) {
	id := fact.RepoID(c.o.Host + "/" + a.FullName)
	if err := id.Validate(); err != nil {
		return nil, err
	}
	return &forge.Repo{
		ID: id, Fork: a.Fork, Template: a.IsTemplate, Archived: a.Archived, Known: true,
		DefaultBranch: a.DefaultBranch,
	}, nil
}

// List implements [forge.Forge]. Private repositories that the token may see
// are left out: a report must not depend on who wrote it.
func (c *Client) List(ctx context.Context, owner string) (repos []forge.Repo, err error) {
	name, err := c.ownerName(owner)
	if err != nil {
		return nil, fmt.Errorf("list the repositories of %q: %w", owner, err)
	}
	all, err := c.pages(ctx, "/orgs/"+name+"/repos?type=public")
	if errkind.Of(err) == errkind.NotFound {
		all, err = c.pages(ctx, "/users/"+name+"/repos?type=owner")
	}
	if err != nil {
		return nil, fmt.Errorf("list the repositories of %q: %w", owner, err)
	}
	for i := range all {
		if all[i].Private {
			continue
		}
		// A repository with an unusable name is no reason to lose the others.
		if r, err := c.repo(&all[i]); err == nil {
			repos = append(repos, *r)
		}
	}
	slices.SortFunc(repos, func(a, b forge.Repo) int { return cmp.Compare(a.ID.Key(), b.ID.Key()) })
	return slices.CompactFunc(repos, func(a, b forge.Repo) bool { return a.ID.Key() == b.ID.Key() }), nil
}

// ownerName is the name in host/name, checked.
func (c *Client) ownerName(owner string) (string, error) {
	host, name, _ := strings.Cut(owner, "/")
	if !strings.EqualFold(host, c.o.Host) {
		return "", errkind.Errorf(errkind.NotFound, "%q is %w", host, forge.ErrUnknownHost)
	}
	if strings.Contains(name, "/") || fact.RepoID(c.o.Host+"/"+name+"/x").Validate() != nil {
		return "", errkind.Errorf(errkind.NotFound, "%q is not an owner's name", name)
	}
	return url.PathEscape(name), nil
}

// pages reads a list that comes in pages. The next page's address is computed
// and not taken from the answer, which could lead anywhere.
func (c *Client) pages(ctx context.Context, path string) ([]answer, error) {
	var all []answer
	for page := 1; page <= limit.HostPages; page++ {
		body, header, err := c.get(ctx, path+"&per_page="+strconv.Itoa(perPage)+"&page="+strconv.Itoa(page))
		if err != nil {
			return nil, err
		}
		var some []answer
		if err := json.Unmarshal(body, &some); err != nil {
			return nil, errkind.Errorf(errkind.Network, "the answer is not a list of repositories: %w", err)
		}
		all = append(all, some...)
		if !strings.Contains(header.Get("Link"), `rel="next"`) || len(some) == 0 {
			return all, nil
		}
	}
	return nil, errkind.Errorf(errkind.Limit, "more than %d repositories", perPage*limit.HostPages)
}

// Repo implements [forge.Forge]. GitHub answers for a former name with a
// redirect, which the HTTP client follows.
func (c *Client) Repo(ctx context.Context, id fact.RepoID) (*forge.Repo, error) {
	switch err := id.Validate(); {
	case !strings.EqualFold(id.Host(), c.o.Host):
		return nil, errkind.Errorf(errkind.NotFound, "look up repository %q: %q is %w", string(id), id.Host(), forge.ErrUnknownHost)
	case err != nil || strings.Contains(id.Owner(), "/"):
		return nil, errkind.Errorf(errkind.NotFound, "repository %q is not on %s", string(id), c.o.Host)
	}
	body, _, err := c.get(ctx, "/repos/"+url.PathEscape(id.Owner())+"/"+url.PathEscape(id.Name()))
	if err != nil {
		return nil, fmt.Errorf("look up repository %q: %w", string(id), err)
	}
	var a answer
	if err := json.Unmarshal(body, &a); err != nil {
		return nil, errkind.Errorf(errkind.Network, "look up repository %q: the answer is not a repository: %w", string(id), err)
	}
	r, err := c.repo(&a)
	if err != nil {
		return nil, errkind.Errorf(errkind.Network, "look up repository %q: %w", string(id), err)
	}
	return r, nil
}
