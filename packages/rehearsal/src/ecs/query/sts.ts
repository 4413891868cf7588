import type { QueryAction } from './handle-query.ts';
import { xmlText } from '../wire.ts';

/** The account of the simulation, whoever asks. */
export const getCallerIdentity: QueryAction = ({ world }, { accessKey }) => {
  const { account } = world.settings;
  const user = xmlText(accessKey ?? 'anonymous');
  return `<Arn>arn:aws:iam::${account}:user/${user}</Arn><UserId>${user}</UserId><Account>${account}</Account>`;
};
