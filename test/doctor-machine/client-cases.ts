import {expect, test} from 'vitest';
import type {Finding} from '../../source/doctor/check.js';
import {testPlace} from './place.js';

export const here = 'http://127.0.0.1:4141';
export const away = 'https://gateway.example';
export const config = (extra = '') => ({
	'home/config.toml': `[endpoints.main]\nurl = "https://api.example"\n${extra}`,
});
export const ownKey = config('key = "env:MAIN_KEY"\n');
/**
A settings file of Claude Code with these variables.
*/
export const sets = (env: Readonly<Record<string, unknown>>): string =>
	JSON.stringify({env});
export const toUrl = (url: string): string => sets({ANTHROPIC_BASE_URL: url});

export type Case = Readonly<{
	title: string;
	check: string;
	files?: Readonly<Record<string, string>>;
	env?: NodeJS.ProcessEnv;
	standing?: Finding['standing'];
	/**
	Undefined for no finding at all.
	*/
	says: string | undefined;
	fix?: string;
}>;

/**
A test for each. Whatever a check says, what these files and variables hold in secret (`hush`) is not in it.
*/
export function testCases(cases: readonly Case[]): void {
	test.for(cases)(
		'$check: $title',
		async ({check, files, env = {}, standing, says, fix}) => {
			const base = check === 'attribution' ? {} : config();
			using there = testPlace({...base, ...files}, {env});
			const findings = await there.look(check);
			expect(findings).toMatchObject(
				says === undefined
					? []
					: [{standing, said: expect.stringContaining(says) as string}],
			);
			expect(findings[0]?.fix !== undefined).toBe(
				standing === 'warn' || standing === 'bad',
			);
			expect(findings[0]?.fix ?? '').toContain(fix ?? '');
			expect(JSON.stringify(findings)).not.toContain('hush');
		},
	);
}
