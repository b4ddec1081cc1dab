import fc from 'fast-check';
import {parse, stringify} from 'smol-toml';
import {expect, test} from 'vitest';
import {lineOf, tomlLines, type Path} from '../../source/config/toml-lines.js';

const document = `\u{FEFF}# a comment = 1 [not.a.section]
top = "a # is no comment"
[server] # a comment
  port = 4141
log = '''
[not.a.section]
port = 5'''''
"quoted key" = """a \\""" = 1
"""
[endpoints."a.b".'c d']
url = "x"
list = [ # [
	"one", "]",
	{in = 1, "deep" = [2]},

	3, # ,
]
inline = {a = 1, b.c = 1979-05-27 07:32:00, d = {e = "}"}}
[ spaced . out ]
x . y = [[1,
2], []]
[[many]]
name = "first"
[[many]]
"\\u0061" = 1`;

test.for([
	[['top'], 2],
	[['server'], 3],
	[['server', 'port'], 4],
	[['server', 'log'], 5],
	[['server', 'quoted key'], 8],
	[['endpoints', 'a.b', 'c d'], 10],
	[['endpoints', 'a.b', 'c d', 'list'], 12],
	[['endpoints', 'a.b', 'c d', 'list', 0], 13],
	[['endpoints', 'a.b', 'c d', 'list', 1], 13],
	[['endpoints', 'a.b', 'c d', 'list', 2, 'deep', 0], 14],
	[['endpoints', 'a.b', 'c d', 'list', 3], 16],
	[['endpoints', 'a.b', 'c d', 'inline', 'b', 'c'], 18],
	[['endpoints', 'a.b', 'c d', 'inline', 'd', 'e'], 18],
	[['spaced', 'out', 'x', 'y'], 20],
	[['spaced', 'out', 'x', 'y', 0, 1], 21],
	[['many', 'name'], 23],
	[['many', 'a'], 25],
	// What is not there has the line of what is around it.
	[['server', 'host'], 3],
	[['not', 'a', 'section'], undefined],
] as ReadonlyArray<readonly [Path, number | undefined]>)(
	'%j stands on line %s',
	([path, line]) => {
		expect(lineOf(tomlLines(document), path)).toBe(line);
	},
);

test('the document of these tests is TOML', () => {
	expect(parse(document)).toHaveProperty(
		['endpoints', 'a.b', 'c d', 'list', 3],
		3,
	);
});

const leaf = fc.oneof(
	fc.string(),
	fc.integer(),
	fc.boolean(),
	fc.date({
		min: new Date('1000-01-01'),
		max: new Date('9999-12-31'),
		noInvalidDate: true,
	}),
);
const {table} = fc.letrec<{table: Record<string, unknown>; value: unknown}>(
	(tie) => ({
		table: fc.dictionary(fc.string(), tie('value'), {maxKeys: 4}),
		value: fc.oneof({depthSize: 'small'}, leaf, fc.array(leaf), tie('table')),
	}),
);

test('every key of any document has a line, and no other key has', () => {
	fc.assert(
		fc.property(table, (value) => {
			const toml = stringify(value);
			const lines = tomlLines(toml);
			expect(new Set(lines.keys())).toEqual(new Set(pathsOf(parse(toml))));
		}),
	);
});

function pathsOf(value: unknown, path: Path = []): string[] {
	if (typeof value !== 'object' || value === null || value instanceof Date) {
		return [];
	}

	return Object.entries(value).flatMap(([key, inner]) => {
		const below = [...path, Array.isArray(value) ? Number(key) : key];
		return [JSON.stringify(below), ...pathsOf(inner, below)];
	});
}

test('the outline of any text comes to an end', () => {
	fc.assert(
		fc.property(
			fc.string({unit: fc.constantFrom(...'[]{}="\'\n,.#a ')}),
			(text) => {
				expect(tomlLines(text)).toBeInstanceOf(Map);
			},
		),
	);
});
