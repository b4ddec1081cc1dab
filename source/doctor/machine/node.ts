import {bad, ok, type MachineCheck} from './remark.js';

/**
As `engines` of package.json says.
*/
const least = {major: 22, minor: 19};

export const nodeCheck: MachineCheck = {
	check: 'node',
	look({nodeVersion}) {
		const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
		const isNewEnough =
			major > least.major || (major === least.major && minor >= least.minor);
		return [
			isNewEnough
				? ok(`Node ${nodeVersion}.`)
				: bad(
						`This is Node ${nodeVersion}, and Tollgate needs ${least.major}.${least.minor} or newer.`,
						'Install a newer Node, and start Tollgate with that.',
					),
		];
	},
};
