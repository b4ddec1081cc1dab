import {parseToml} from '../../config/config-file.js';
import {loopProblem} from '../../config/loop.js';
import {firstProblem, type Problem} from '../../config/problem.js';
import {readDocument} from '../../config/read-document.js';
import {tomlLines} from '../../config/toml-lines.js';
import {isRealModel} from '../real-model.js';

/**
Reads the text of a config as a start would, and throws a UserError (exit code 2) where something is wrong in it.
`file` is where it would stand.
*/
export function refuseWrongConfig(
	toml: string,
	{file, env}: Readonly<{file: string; env: NodeJS.ProcessEnv}>,
): void {
	const lines = tomlLines(toml);
	const problems: Problem[] = [];
	const {server, endpoints} = readDocument(
		parseToml(toml, file),
		{lines, env, isModel: isRealModel},
		(problem) => {
			problems.push(problem);
		},
	);
	const loop = server && loopProblem(endpoints, {port: server.port, env});
	const error = firstProblem(loop ? [...problems, loop] : problems, {
		// There is no such file yet: what is wrong was said in an answer.
		file: undefined,
		lines,
	});
	if (error !== undefined) {
		throw error;
	}
}
