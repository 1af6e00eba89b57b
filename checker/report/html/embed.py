#!/usr/bin/env python3
"""Makes a C file of text files: embed.py OUTPUT NAME=FILE...; each becomes `const char NAME[]`."""

import sys


def main():
    output, *parts = sys.argv[1:]
    with open(output, 'w', encoding='ascii') as out:
        out.write('#include "report/internal.h"\n')
        for part in parts:
            name, path = part.split('=', 1)
            codes = [str(byte) for byte in open(path, 'rb').read()] + ['0']
            rows = [', '.join(codes[i:i + 24]) for i in range(0, len(codes), 24)]
            out.write(f'\nconst char {name}[] = {{\n    ' + ',\n    '.join(rows) + '};\n')


if __name__ == '__main__':
    main()
