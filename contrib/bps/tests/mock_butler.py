"""The command `butler`, which knows the storage classes of pipe_base's mocks."""

from lsst.daf.butler.cli.butler import main
from lsst.pipe.base.tests.mocks import MockStorageClass

if __name__ == "__main__":
    MockStorageClass.get_or_register_mock("StructuredDataDict")
    main()
