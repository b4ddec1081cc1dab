import {bad, ok, type MachineCheck} from './remark.js';

export const configCheck: MachineCheck = {
	check: 'config',
	look({problems, inspected}) {
		const [first, ...others] = problems;
		if (first === undefined) {
			return [
				ok(
					inspected?.file === undefined
						? 'There is no config, so everything has its default.'
						: `${inspected.file} is in order.`,
				),
			];
		}

		const more =
			others.length === 0
				? ''
				: ` (${others.length} more after this one: tollgate config check)`;
		return [bad(first.says + more, first.hint)];
	},
};
