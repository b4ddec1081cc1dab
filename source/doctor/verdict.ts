import type {Finding} from './check.js';

export type Verdict = Readonly<{
	standing: 'ok' | 'warn' | 'bad';
	/**
	In one sentence.
	*/
	said: string;
	/**
	The one thing to do next; undefined where there is nothing.
	*/
	next: string | undefined;
}>;

/**
What all findings come to. What is bad comes before what is only worth a look.
*/
export function verdictOf(findings: readonly Finding[]): Verdict {
	const bad = findings.filter(({standing}) => standing === 'bad');
	const warned = findings.filter(({standing}) => standing === 'warn');
	if (bad.length > 0) {
		return {
			standing: 'bad',
			said:
				bad.length === 1
					? 'One thing has to be changed.'
					: `${bad.length} things have to be changed.`,
			next: nextOf(bad),
		};
	}

	return warned.length > 0
		? {
				standing: 'warn',
				said: `It works, and ${warned.length === 1 ? 'one thing is' : `${warned.length} things are`} worth a look.`,
				next: nextOf(warned),
			}
		: {
				standing: 'ok',
				said: findings.some(({standing}) => standing === 'ok')
					? 'All is well.'
					: 'Nothing was looked at.',
				next: nextOf(findings.filter(({standing}) => standing === 'skipped')),
			};
}

const nextOf = (findings: readonly Finding[]): string | undefined =>
	findings.find(({fix}) => fix !== undefined)?.fix;
