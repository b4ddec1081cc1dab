import {describe, expect, test} from 'vitest';
import {
	byteByByte,
	inRecordedWords,
	measure,
	optionsOf,
	randomly,
	readFixtures,
	type Fixture,
} from './measured.js';

const fixtures = readFixtures();

/**
Told only by the recordings that are about them, and said by many others too.
*/
const asides = new Set(['service_tier', 'web_fetch']);

/**
Not facts of ours: what the answer says is never read.
*/
const unread = new Set(['id', 'text', 'tool_calls']);

function expectedOf({wanted}: Fixture): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(wanted).filter(([name]) => !unread.has(name)),
	);
}

async function readIn(fixture: Fixture, pieces: Iterable<Uint8Array>) {
	const words = inRecordedWords(
		await measure(optionsOf(fixture), pieces),
		fixture,
	);
	return Object.fromEntries(
		Object.entries(words).filter(
			([name]) => !asides.has(name) || Object.hasOwn(fixture.wanted, name),
		),
	);
}

describe.each(fixtures)('$id', (fixture) => {
	const expected = expectedOf(fixture);

	test('is read in one piece', async () => {
		expect(await readIn(fixture, [fixture.body])).toEqual(expected);
	});

	test('is read byte by byte', async () => {
		expect(await readIn(fixture, byteByByte(fixture.body))).toEqual(expected);
	});

	test.each([1, 2, 3, 4, 5, 6])('is read in random cuts (%i)', async (seed) => {
		expect(await readIn(fixture, randomly(fixture.body, seed))).toEqual(
			expected,
		);
	});
});

test('every split in two of a stream is read the same', async () => {
	const fixture = fixtures.find(({id}) => id === 'a16-multibyte')!;
	const {body} = fixture;
	const expected = expectedOf(fixture);
	for (let at = 1; at < body.length; at++) {
		expect(
			await readIn(fixture, [body.subarray(0, at), body.subarray(at)]),
		).toEqual(expected);
	}
});
