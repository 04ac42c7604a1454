// Command kubectl reads streams of manifests as kubectl does, without a cluster: one stream per line of stdin, in base64; for each
// one line of JSON, `{"documents": […], "objects": [{"apiVersion", "kind", "name"}, …], "error": "…"}`. What came before an error is kept.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

type object struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
}

type answer struct {
	Documents []json.RawMessage `json:"documents"`
	Objects   []object          `json:"objects"`
	Error     string            `json:"error"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			stream, decodeErr := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(line)))
			if decodeErr != nil {
				panic(decodeErr)
			}
			text, marshalErr := json.Marshal(read(stream))
			if marshalErr != nil {
				panic(marshalErr)
			}
			out.Write(append(text, '\n'))
		}
		if err != nil {
			return
		}
	}
}

// read is what StreamVisitor.Visit of cli-runtime does.
func read(stream []byte) (result answer) {
	result = answer{Documents: []json.RawMessage{}, Objects: []object{}}
	defer func() {
		if r := recover(); r != nil {
			result.Error = fmt.Sprintf("panic: %v", r)
		}
	}()
	reader := transform.NewReader(bytes.NewReader(stream), unicode.BOMOverride(unicode.UTF8.NewDecoder()))
	decoder := yaml.NewYAMLOrJSONDecoder(reader, 4096)
	for {
		ext := runtime.RawExtension{}
		if err := decoder.Decode(&ext); err != nil {
			if err != io.EOF {
				result.Error = err.Error()
			}
			return result
		}
		ext.Raw = bytes.TrimSpace(ext.Raw)
		if len(ext.Raw) == 0 || bytes.Equal(ext.Raw, []byte("null")) {
			continue
		}
		result.Documents = append(result.Documents, bytes.Clone(ext.Raw))
		result.Objects = append(result.Objects, objects(ext.Raw)...)
	}
}

// objects is what the builder's FlattenListVisitor makes of a document.
func objects(raw []byte) []object {
	decoded, _, err := unstructured.UnstructuredJSONScheme.Decode(raw, nil, nil)
	if err != nil {
		return nil
	}
	return flattened(decoded)
}

func flattened(o runtime.Object) (result []object) {
	if list, ok := o.(*unstructured.UnstructuredList); ok {
		for i := range list.Items {
			item, err := list.Items[i].MarshalJSON()
			if err == nil {
				result = append(result, objects(item)...)
			}
		}
		return result
	}
	gvk := o.GetObjectKind().GroupVersionKind()
	accessor, err := meta.Accessor(o)
	if err != nil {
		return nil
	}
	return []object{{APIVersion: gvk.GroupVersion().String(), Kind: gvk.Kind, Name: accessor.GetName()}}
}
