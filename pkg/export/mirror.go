package export

import (
	"reflect"
	"time"
)

// mirror is a type that JSON reads as it reads t, with what Parquet wants to know
// of each field: its name, and that it is null where JSON leaves it out. Moments
// are exact to the microsecond, which every reader of Parquet knows.
func mirror(t reflect.Type) reflect.Type {
	switch t.Kind() {
	case reflect.Pointer:
		return reflect.PointerTo(mirror(t.Elem()))
	case reflect.Slice:
		return reflect.SliceOf(mirror(t.Elem()))
	case reflect.Map:
		return reflect.MapOf(reflect.TypeFor[string](), mirror(t.Elem()))
	case reflect.Int:
		return reflect.TypeFor[int64]()
	case reflect.String:
		return reflect.TypeFor[string]()
	case reflect.Struct:
		if t != reflect.TypeFor[time.Time]() {
			return mirrorStruct(t)
		}
	}
	return t
}

func mirrorStruct(t reflect.Type) reflect.Type {
	var mirrored []reflect.StructField
	for _, f := range fieldsOf(t) {
		kind := mirror(f.Type)
		mirrored = append(mirrored, reflect.StructField{
			Name: f.Name, Type: kind,
			Tag: reflect.StructTag(`json:"` + f.name + `" parquet:"` + f.name + parquetOptions(f, kind) + `"`),
		})
	}
	return reflect.StructOf(mirrored)
}

func parquetOptions(f field, kind reflect.Type) (options string) {
	if f.absent && kind.Kind() != reflect.Pointer {
		options = ",optional"
	}
	switch {
	case kind == reflect.TypeFor[time.Time]():
		options += ",timestamp(microsecond)"
	case kind.Kind() == reflect.Slice:
		options += ",list"
	}
	return options
}
