import {UserError} from '../user-error.js';
import type {Config} from './config.js';
import {homeFiles} from './home.js';
import {inspectConfig, type LoadOptions} from './load.js';
import {loopProblem} from './loop.js';
import {firstProblem, place} from './problem.js';

/**
A config as it stands in its file now, or what is wrong with it in one line.
*/
export type Reread = Readonly<
	{kind: 'read'; config: Config} | {kind: 'wrong'; problem: string}
>;

/**
Reads the config anew while another one, `inForce`, serves. `port`: where that listens. A config that is
gone, or says nothing any more, is wrong: to go on without would send requests to another host.
*/
export function reread(
	options: Omit<LoadOptions, 'serving'>,
	{inForce, port}: Readonly<{inForce: Config; port: number}>,
): Reread {
	try {
		const {config, problems, file, lines} = inspectConfig({
			...options,
			serving: false,
		});
		if (lines.size === 0 && inForce.lines.size > 0) {
			return wrong(
				new UserError(
					`${place(homeFiles(options.home).config)}it is ${file === undefined ? 'gone' : 'empty'}.`,
					'To go on without a config, restart Tollgate.',
				),
			);
		}

		const loop = config && loopProblem(config.endpoints, {...options, port});
		const error = firstProblem(loop ? [...problems, loop] : problems, {
			file,
			lines,
		});
		// Where nothing is wrong there is a config.
		return error ? wrong(error) : {kind: 'read', config: config!};
	} catch (error) {
		if (error instanceof UserError) {
			return wrong(error);
		}

		throw error;
	}
}

export const wrong = ({
	message,
	hint,
}: UserError): Reread & {kind: 'wrong'} => ({
	kind: 'wrong',
	problem: `${message} ${hint}`,
});
