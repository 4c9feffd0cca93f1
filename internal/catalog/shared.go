package catalog

import "strings"

// sharedOwners are owners known to hold repositories of many projects, by
// their key, with the reason. A row is needed only where the landscape and its
// lists do not show by themselves that an owner is shared: it keeps a project
// from swallowing what belongs to others outside the landscape.
var sharedOwners = map[string]string{
	"github.com/apache":               "the Apache Software Foundation's projects",
	"github.com/cncf":                 "the foundation's own repositories",
	"github.com/cncf-tags":            "the foundation's advisory groups",
	"github.com/containers":           "Podman, Buildah, crun, skopeo and others, partly outside the foundation",
	"github.com/eclipse":              "the Eclipse Foundation's projects",
	"github.com/kubernetes":           "subprojects with landscape items of their own (minikube, kompose)",
	"github.com/kubernetes-sigs":      "subprojects of all Kubernetes special interest groups",
	"github.com/linuxfoundation":      "the Linux Foundation's own repositories",
	"github.com/opencontainers":       "the Open Container Initiative's projects",
	"github.com/ovn-org":              "Open Virtual Network's projects, partly outside the foundation",
	"github.com/googlecontainertools": "Google's container tools",
	"github.com/alibaba":              "a company",
	"github.com/aws":                  "a company",
	"github.com/awslabs":              "a company",
	"github.com/azure":                "a company",
	"github.com/baidu":                "a company",
	"github.com/bytedance":            "a company",
	"github.com/cloudflare":           "a company",
	"github.com/docker":               "a company",
	"github.com/facebook":             "a company",
	"github.com/google":               "a company",
	"github.com/googlecloudplatform":  "a company",
	"github.com/grafana":              "a company",
	"github.com/hashicorp":            "a company",
	"github.com/huawei":               "a company",
	"github.com/ibm":                  "a company",
	"github.com/intel":                "a company",
	"github.com/kong":                 "a company",
	"github.com/lyft":                 "a company",
	"github.com/microsoft":            "a company",
	"github.com/mozilla":              "a foundation",
	"github.com/netflix":              "a company",
	"github.com/nvidia":               "a company",
	"github.com/openshift":            "a company's product",
	"github.com/oracle":               "a company",
	"github.com/rancher":              "a company",
	"github.com/redhat":               "a company",
	"github.com/solo-io":              "a company",
	"github.com/spotify":              "a company",
	"github.com/tencent":              "a company",
	"github.com/uber":                 "a company",
	"github.com/vmware":               "a company",
	"github.com/vmware-tanzu":         "a company",
}

// sharedWhy is the reason why owner is known to be shared, or "".
func sharedWhy(owner string) string { return sharedOwners[strings.ToLower(owner)] }
