import { openEmbedded } from '../../../api/store/embedded.ts'
import { storeContract } from './contract.ts'

storeContract(async () => openEmbedded(':memory:').database)
