print("sgs")
