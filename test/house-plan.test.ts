import {expect, test} from 'vitest';
import {
	againstThePlan,
	importsOfHouse,
	mayImport,
	roomsWithoutPlan,
} from './house-plan.js';

test('every room is in the plan', () => {
	expect(roomsWithoutPlan()).toEqual([]);
});

test('imports point down', () => {
	const imports = importsOfHouse();
	expect(imports.length).toBeGreaterThan(100);
	expect(againstThePlan(imports)).toEqual([]);
});

test('the plan itself has no circles', () => {
	const settled: string[] = ['commands'];
	const rest = new Map(
		Object.entries(mayImport).filter(([room]) => room !== 'commands'),
	);
	for (let moved = true; moved;) {
		moved = false;
		for (const [room, below] of rest) {
			if (
				below === 'everything' ||
				below.some((one) => !settled.includes(one))
			) {
				continue;
			}

			settled.push(room);
			rest.delete(room);
			moved = true;
		}
	}

	expect([...rest.keys()]).toEqual([]);
});

test.each([
	['wire/a.ts', 'passthrough/pass.js'],
	['exchange/a.ts', 'wire/sse.js'],
	['monitor/a.tsx', 'passthrough/pass.js'],
	['policy/a.ts', 'config/load.js'],
	['wire/a.ts', 'cli.js'],
	['user-error.ts', 'wire/sse.js'],
])('%s may not import %s', (from, to) => {
	expect(againstThePlan([{from, to, line: 'this'}])).toEqual(['this']);
});
