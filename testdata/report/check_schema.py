#!/usr/bin/env python3
"""Checks JSON files against a JSON Schema: check_schema.py SCHEMA FILE...

Knows the part of draft 2020-12 that our schemas use. A keyword that it does not know is an error, so
that nothing in a schema goes unchecked.
"""

import json
import sys

KNOWN = {'$schema', '$defs', '$ref', 'title', 'type', 'required', 'additionalProperties',
         'properties', 'items', 'enum', 'const', 'minimum'}
TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool}


def has_type(value, name):
    if name == 'integer':
        return isinstance(value, (int, float)) and not isinstance(value, bool) and value == int(value)
    return isinstance(value, TYPES[name])


def members(value, schema, root, at):
    for name in schema.get('required', []):
        if name not in value:
            yield f'{at}: no "{name}"'
    properties = schema.get('properties', {})
    for name, item in value.items():
        if name in properties:
            yield from errors(item, properties[name], root, f'{at}.{name}')
        elif schema.get('additionalProperties') is False:
            yield f'{at}: unknown "{name}"'


def errors(value, schema, root, at='$'):
    for keyword in schema.keys() - KNOWN:
        yield f'{at}: the schema has "{keyword}", which this script does not know'
    if '$ref' in schema:
        yield from errors(value, root['$defs'][schema['$ref'].removeprefix('#/$defs/')], root, at)
    if 'type' in schema and not has_type(value, schema['type']):
        yield f'{at}: not of type {schema["type"]}'
        return
    if 'const' in schema and value != schema['const']:
        yield f'{at}: not {schema["const"]!r}'
    if 'enum' in schema and value not in schema['enum']:
        yield f'{at}: {value!r} is none of {schema["enum"]}'
    if 'minimum' in schema and value < schema['minimum']:
        yield f'{at}: less than {schema["minimum"]}'
    if isinstance(value, dict):
        yield from members(value, schema, root, at)
    if isinstance(value, list) and 'items' in schema:
        for index, item in enumerate(value):
            yield from errors(item, schema['items'], root, f'{at}[{index}]')


def no_twins(pairs):
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError(f'a member comes twice: {[name for name, _ in pairs]}')
    return dict(pairs)


def main():
    schema = json.load(open(sys.argv[1], encoding='utf-8'))
    failed = False
    for path in sys.argv[2:]:
        value = json.load(open(path, encoding='utf-8'), object_pairs_hook=no_twins)
        for error in errors(value, schema, schema):
            print(f'{path}: {error}')
            failed = True
    return failed


if __name__ == '__main__':
    sys.exit(main())
