// Of Service Quotas no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export { ListServiceQuotasCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
