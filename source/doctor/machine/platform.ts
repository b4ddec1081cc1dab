import {bad, ok, warn, type MachineCheck} from './remark.js';

const names: Partial<Record<NodeJS.Platform, string>> = {
	linux: 'Linux',
	darwin: 'macOS',
};

export const platformCheck: MachineCheck = {
	check: 'platform',
	look({platform, env}) {
		const name = names[platform];
		if (name !== undefined) {
			return [ok(`${name}${env['WSL_DISTRO_NAME'] ? ' in WSL' : ''}.`)];
		}

		return [
			platform === 'win32'
				? bad(
						'Tollgate does not run on Windows itself.',
						'Install and start it in WSL, the Windows Subsystem for Linux.',
					)
				: warn(
						`Tollgate was never tried on ${platform}.`,
						'Use Linux or macOS where something does not work.',
					),
		];
	},
};
