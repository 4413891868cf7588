// Of Cloud Map no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export { GetInstancesHealthStatusCommand, ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
