// Writes cyclonus' test cases as it simulates them: for each step the state of the cluster, and what its matcher allows between
// every two pods on every port that they serve.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/generator"
	"github.com/mattfenwick/cyclonus/pkg/matcher"
	v1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

type pod struct {
	Namespace string            `json:"namespace"`
	Name      string            `json:"name"`
	Labels    map[string]string `json:"labels"`
	IP        string            `json:"ip"`
}

type port struct {
	Number   int         `json:"number"`
	Name     string      `json:"name"`
	Protocol v1.Protocol `json:"protocol"`
}

type allowed struct {
	Source      int `json:"source"`
	Destination int `json:"destination"`
	Port        int `json:"port"`
}

type step struct {
	Case       string                        `json:"case"`
	Step       int                           `json:"step"`
	Namespaces map[string]map[string]string  `json:"namespaces"`
	Pods       []pod                         `json:"pods"`
	Policies   []*networkingv1.NetworkPolicy `json:"policies"`
	Allowed    []allowed                     `json:"allowed"`
}

var ports = func() (all []port) {
	for _, number := range []int{80, 81} {
		for _, protocol := range []v1.Protocol{v1.ProtocolTCP, v1.ProtocolUDP, v1.ProtocolSCTP} {
			name := map[v1.Protocol]string{v1.ProtocolTCP: "tcp", v1.ProtocolUDP: "udp", v1.ProtocolSCTP: "sctp"}[protocol]
			all = append(all, port{Number: number, Name: fmt.Sprintf("serve-%d-%s", number, name), Protocol: protocol})
		}
	}
	return all
}()

type state struct {
	namespaces map[string]map[string]string
	pods       []pod
	policies   []*networkingv1.NetworkPolicy
	created    int
}

func (s *state) addPod(namespace, name string, labels map[string]string) {
	s.created++
	s.pods = append(s.pods, pod{Namespace: namespace, Name: name, Labels: labels, IP: fmt.Sprintf("192.168.1.%d", s.created)})
}

func keep[T any](items []T, wanted func(T) bool) (kept []T) {
	for _, item := range items {
		if wanted(item) {
			kept = append(kept, item)
		}
	}
	return kept
}

func (s *state) apply(action *generator.Action) {
	switch {
	case action.CreatePolicy != nil:
		s.policies = append(s.policies, action.CreatePolicy.Policy)
	case action.UpdatePolicy != nil:
		for i, policy := range s.policies {
			if policy.Namespace == action.UpdatePolicy.Policy.Namespace && policy.Name == action.UpdatePolicy.Policy.Name {
				s.policies[i] = action.UpdatePolicy.Policy
			}
		}
	case action.DeletePolicy != nil:
		s.policies = keep(s.policies, func(p *networkingv1.NetworkPolicy) bool {
			return p.Namespace != action.DeletePolicy.Namespace || p.Name != action.DeletePolicy.Name
		})
	case action.CreateNamespace != nil:
		s.namespaces[action.CreateNamespace.Namespace] = action.CreateNamespace.Labels
	case action.SetNamespaceLabels != nil:
		s.namespaces[action.SetNamespaceLabels.Namespace] = action.SetNamespaceLabels.Labels
	case action.DeleteNamespace != nil:
		delete(s.namespaces, action.DeleteNamespace.Namespace)
		s.pods = keep(s.pods, func(p pod) bool { return p.Namespace != action.DeleteNamespace.Namespace })
		s.policies = keep(s.policies, func(p *networkingv1.NetworkPolicy) bool { return p.Namespace != action.DeleteNamespace.Namespace })
	case action.CreatePod != nil:
		s.addPod(action.CreatePod.Namespace, action.CreatePod.Pod, action.CreatePod.Labels)
	case action.SetPodLabels != nil:
		pods := append([]pod{}, s.pods...)
		for i, p := range pods {
			if p.Namespace == action.SetPodLabels.Namespace && p.Name == action.SetPodLabels.Pod {
				pods[i].Labels = action.SetPodLabels.Labels
			}
		}
		s.pods = pods
	case action.DeletePod != nil:
		s.pods = keep(s.pods, func(p pod) bool { return p.Namespace != action.DeletePod.Namespace || p.Name != action.DeletePod.Pod })
	}
}

// The API server puts the name of a namespace among its labels.
func (s *state) labels(namespace string) map[string]string {
	labels := map[string]string{"kubernetes.io/metadata.name": namespace}
	for key, value := range s.namespaces[namespace] {
		labels[key] = value
	}
	return labels
}

func (s *state) peer(p pod) *matcher.TrafficPeer {
	return &matcher.TrafficPeer{IP: p.IP, Internal: &matcher.InternalPeer{PodLabels: p.Labels, NamespaceLabels: s.labels(p.Namespace), Namespace: p.Namespace}}
}

func (s *state) allowed() (result []allowed) {
	policy := matcher.BuildNetworkPolicies(true, s.policies)
	for i, source := range s.pods {
		for j, destination := range s.pods {
			for k, p := range ports {
				traffic := &matcher.Traffic{Source: s.peer(source), Destination: s.peer(destination), ResolvedPort: p.Number, ResolvedPortName: p.Name, Protocol: p.Protocol}
				if policy.IsTrafficAllowed(traffic).IsAllowed() {
					result = append(result, allowed{i, j, k})
				}
			}
		}
	}
	return result
}

func main() {
	names := []string{"x", "y", "z"}
	fresh := func() *state {
		s := &state{namespaces: map[string]map[string]string{}}
		for _, namespace := range names {
			s.namespaces[namespace] = map[string]string{"ns": namespace}
			for _, name := range []string{"a", "b", "c"} {
				s.addPod(namespace, name, map[string]string{"pod": name})
			}
		}
		return s
	}
	// The address of pod z/c, around which the generator lays its blocks.
	podIP := fresh().pods[8].IP
	var steps []step
	for _, allowDNS := range []bool{true, false} {
		for _, testCase := range generator.NewTestCaseGenerator(allowDNS, podIP, names, nil, nil).GenerateAllTestCases() {
			s := fresh()
			for i, each := range testCase.Steps {
				for _, action := range each.Actions {
					s.apply(action)
				}
				namespaces := map[string]map[string]string{}
				for namespace := range s.namespaces {
					namespaces[namespace] = s.labels(namespace)
				}
				steps = append(steps, step{testCase.Description, i, namespaces, s.pods, append([]*networkingv1.NetworkPolicy{}, s.policies...), s.allowed()})
			}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(map[string]any{"ports": ports, "steps": steps}); err != nil {
		panic(err)
	}
}
