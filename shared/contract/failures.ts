// Failures are values of the domain (a conversation's row carries one); here they are part of the contract.
export { type Failure, type FailureCode, failure } from '../domain/failure.ts'
