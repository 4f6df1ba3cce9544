// The script of the Glue job, which AWS Glue compiles. Glue passes its own arguments among the job's, as pairs.
object ChartlakeTransform {
  private val ours = Set("--lake", "--format", "--since", "--until", "--all", "--split-megabytes")

  def main(args: Array[String]): Unit = {
    val pairs = args.sliding(2).collect { case Array(name, value) => (name, value) }.toList
    // Executors get it as AWS_REGION.
    pairs.collectFirst { case ("--region", region) => System.setProperty("aws.region", region) }
    dev.chartlake.spark.SparkTransform.main(pairs.collect { case (name, value) if ours(name) => name + "=" + value }.toArray)
  }
}
