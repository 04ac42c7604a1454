// Reads texts as `kubectl apply -f` does, with kubectl's own decoder: a text in base64 a line in, its documents as JSON a line out.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

type answer struct {
	Documents []json.RawMessage `json:"documents"`
	Refused   string            `json:"refused,omitempty"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		text, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(line)))
		if err != nil {
			panic(err)
		}
		encoded, err := json.Marshal(read(text))
		if err != nil {
			panic(err)
		}
		out.Write(encoded)
		out.WriteByte('\n')
	}
}

// As k8s.io/cli-runtime/pkg/resource has it: FileVisitor.Visit and StreamVisitor.Visit.
func read(text []byte) (result answer) {
	result.Documents = []json.RawMessage{}
	decoder := yaml.NewYAMLOrJSONDecoder(transform.NewReader(bytes.NewReader(text), unicode.BOMOverride(unicode.UTF8.NewDecoder())), 4096)
	for {
		ext := runtime.RawExtension{}
		if err := decoder.Decode(&ext); err == io.EOF {
			return
		} else if err != nil {
			result.Refused = err.Error()
			return
		}
		raw := bytes.TrimSpace(ext.Raw)
		if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
			continue
		}
		result.Documents = append(result.Documents, raw)
	}
}
