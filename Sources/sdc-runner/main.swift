print("sdc-runner")
