import fc from 'fast-check';
import {parse, stringify} from 'smol-toml';
import {describe, expect, test} from 'vitest';
import {editedToml, type Edit} from '../../source/config/edit-toml.js';

const ci = (name: string, value: Edit['value']): Edit => ({
	section: ['keys', 'ci'],
	name,
	value,
});
const cap = ci('daily_cap', 30);
const hash = ci('hash', 'sha256:00');

const file = `# mine

[server]   # ports
port = 0x1035   # hex


[keys.ci]
  # the cap
  daily_cap = 20.00   # dollars
  warn_at = [
    0.5, # half
  ]

# of the desk
[keys."desk"] # at home
at_cap = "ask"

# at the end
[day]
starts_at = "04:00"
# bye`;

const line = (changed: string, before: string) =>
	file.replace(before, () => changed);

describe('of a file only what was asked for changes', () => {
	test.for<[string, Edit, string]>([
		[
			'a value',
			cap,
			line('  daily_cap = 30   # dollars', '  daily_cap = 20.00   # dollars'),
		],
		[
			'a value with cents',
			ci('daily_cap', 2.5),
			line('  daily_cap = 2.50   # dollars', '  daily_cap = 20.00   # dollars'),
		],
		['a new setting', hash, line('  ]\n  hash = "sha256:00"\n', '  ]\n')],
		[
			'a setting in a section with a quoted name',
			{section: ['keys', 'desk'], name: 'hash', value: 'x'},
			line('at_cap = "ask"\nhash = "x"\n', 'at_cap = "ask"\n'),
		],
		[
			'a setting that goes',
			ci('daily_cap', undefined),
			line('', '  daily_cap = 20.00   # dollars\n'),
		],
		[
			'a new section, after those of its kind',
			{section: ['keys', 'new'], name: 'hash', value: 'x'},
			line('at_cap = "ask"\n\n[keys.new]\nhash = "x"\n', 'at_cap = "ask"\n'),
		],
		['a setting that was not there and goes', ci('hash', undefined), file],
		[
			'a value that is what it was',
			ci('daily_cap', 20),
			line('= 20 ', '= 20.00 '),
		],
	])('%s', ([, edit, expected]) => {
		expect(editedToml(file, [edit])).toBe(expected);
	});
});

describe('it finds its way in', () => {
	test.for<[string, string, readonly Edit[], string | undefined]>([
		['an empty file', '', [hash], '[keys.ci]\nhash = "sha256:00"\n'],
		[
			'a file of comments',
			'# one\n',
			[hash, cap],
			'# one\n\n[keys.ci]\nhash = "sha256:00"\ndaily_cap = 30\n',
		],
		[
			'a file without a last newline',
			'[server]\nport = 1 # p',
			[hash],
			'[server]\nport = 1 # p\n\n[keys.ci]\nhash = "sha256:00"\n',
		],
		[
			'a file of another system',
			'[keys.ci]\r\ndaily_cap = 5 # c\r\n\r\n[server]\r\nport = 1\r\n',
			[cap, hash],
			'[keys.ci]\r\ndaily_cap = 30 # c\r\nhash = "sha256:00"\r\n\r\n[server]\r\nport = 1\r\n',
		],
		[
			'an empty section',
			'[keys.ci] # c\n[server]\nport = 1\n',
			[hash],
			'[keys.ci] # c\nhash = "sha256:00"\n[server]\nport = 1\n',
		],
		[
			'an inline table',
			'[keys]\nci = { daily_cap = 5 }\n',
			[hash, cap],
			'[keys]\nci = { daily_cap = 30, hash = "sha256:00" }\n',
		],
		[
			'an empty inline table',
			'[keys]\nci = {}\n',
			[hash],
			'[keys]\nci = { hash = "sha256:00"}\n',
		],
		[
			'an inline table that loses its last',
			'[keys]\nci = { daily_cap = 5, hash = "x" }\n',
			[ci('hash', undefined)],
			'[keys]\nci = { daily_cap = 5 }\n',
		],
		[
			'an inline table that loses its first',
			'[keys]\nci = { hash = "x", daily_cap = 5 }\n',
			[ci('hash', undefined)],
			'[keys]\nci = { daily_cap = 5 }\n',
		],
		[
			'dotted names',
			'[keys]\nci.daily_cap = 5 # c\nci.hash = "x"\n',
			[cap, ci('hash', undefined)],
			'[keys]\nci.daily_cap = 30 # c\n',
		],
		[
			'a section with one of its own below',
			'[keys.ci]\n[keys.ci.credentials]\ngate = "env:K"\n',
			[hash],
			'[keys.ci]\nhash = "sha256:00"\n[keys.ci.credentials]\ngate = "env:K"\n',
		],
		[
			'texts that look like sections',
			'[server]\nlog = """\n[keys.ci]\nhash = 1\n"""\n',
			[hash],
			'[server]\nlog = """\n[keys.ci]\nhash = 1\n"""\n\n[keys.ci]\nhash = "sha256:00"\n',
		],
		// These are left to the hand of the user.
		['a closed table of keys', 'keys = {}\n', [hash], undefined],
		[
			'dotted names without a section',
			'[keys]\nci.daily_cap = 5\n',
			[hash],
			undefined,
		],
	])('%s', ([, toml, edits, expected]) => {
		expect(editedToml(toml, edits)).toBe(expected);
	});
});

const name = fc.constantFrom('ci', 'desk', 'a', 'server');
const scalar = fc.oneof(
	fc.integer(),
	fc.constantFrom('x', '# no comment', '[keys.ci]', 'a\nb', '"""', "'"),
	fc.constantFrom(0.5, 20.25, true),
);
const table = fc.dictionary(
	fc.constantFrom('hash', 'daily_cap', 'at_cap', 'b'),
	fc.oneof(scalar, fc.array(scalar, {maxLength: 3})),
);

test('whatever stands there, it changes that one value or nothing', () => {
	fc.assert(
		fc.property(
			fc.dictionary(name, table),
			fc.dictionary(name, table),
			fc.record({
				key: name,
				setting: fc.constantFrom('hash', 'daily_cap'),
				value: fc.constantFrom('sha256:00', 30, undefined),
			}),
			(keys, others, {key, setting, value}) => {
				const toml = stringify({...others, keys});
				const edited = editedToml(toml, [
					{section: ['keys', key], name: setting, value},
				]);
				const wanted = structuredClone({...others, keys}) as unknown as Record<
					string,
					Record<string, Record<string, unknown>>
				>;
				if (value === undefined) {
					delete wanted['keys']?.[key]?.[setting];
				} else {
					wanted['keys']![key] = {...wanted['keys']![key], [setting]: value};
				}

				if (edited !== undefined) {
					expect(parse(edited)).toEqual(parse(stringify(wanted)));
				}

				// What our own commands write, they can change.
				expect(
					edited === undefined && toml.split('\n').includes(`[keys.${key}]`),
				).toBe(false);
			},
		),
		{numRuns: 300},
	);
});
