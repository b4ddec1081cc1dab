import {expect, test} from 'vitest';
import {settingsTable} from '../../source/config/settings-table.js';
import {sections, sectionTitle} from '../../source/config/settings.js';
import type {Setting} from '../../source/config/setting.js';

const all = (Object.keys(sections) as Array<keyof typeof sections>).flatMap(
	(section) =>
		Object.values<Setting>(sections[section].settings).map(
			(setting) =>
				[`${sectionTitle(section)} ${setting.name}`, setting] as const,
		),
);

test.for(all)(
	'%s has a default that it would accept',
	([, {kind, presence}]) => {
		if (presence.kind === 'default') {
			expect(kind.read(presence.value).kind).toBe('read');
		}
	},
);

test('the table holds each setting on a line of its own', () => {
	const table = settingsTable();
	for (const [, setting] of all) {
		expect(table).toMatch(
			new RegExp(`^\\| \`${setting.name}\` \\|.*\\|$`, 'm'),
		);
	}

	expect(table).toContain(
		'| `port` | a whole number from 0 to 65535 | `4141` | The port to listen on; 0 for any that is free. |',
	);
	expect(table.match(/^### .*$/gm)).toEqual([
		'### `[server]`',
		'### `[endpoints.NAME]`',
		'### `[routing]`',
		'### `[aliases.NAME]`',
		'### `[retry]`',
		'### `[hold]`',
		'### `[concurrency]`',
		'### `[guard]`',
		'### `[keys.NAME]`',
		'### `[prices.NAME]`',
		'### `[day]`',
		'### `[log]`',
		'### `[monitor.keys]`',
	]);
});
